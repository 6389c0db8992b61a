import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export interface StaticFile {
  readonly contentType: string;
  readonly etag: string;
  readonly body: Uint8Array;
  /** Absent where compression does not pay. */
  readonly brotli: Uint8Array | undefined;
  readonly gzip: Uint8Array | undefined;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Every file of `folder` by its path on the server, read once: nothing outside can be asked for. `x.br` and `x.gz`
 * beside `x`, made by the build, are its compressed forms; where they are missing they are made here.
 */
export function loadStaticSite(folder: string): ReadonlyMap<string, StaticFile> {
  const site = new Map<string, StaticFile>();
  const names = new Set(readdirSync(folder, { recursive: true }).map(String));
  for (const name of names) {
    const contentType = CONTENT_TYPES[path.extname(name)];
    if (contentType === undefined) continue;
    const body = readFileSync(path.join(folder, name));
    const packed = (suffix: string, compress: (body: Uint8Array) => Uint8Array): Uint8Array | undefined => {
      const octets = names.has(name + suffix)
        ? readFileSync(path.join(folder, name + suffix))
        : compress(body);
      return octets.length < body.length ? octets : undefined;
    };
    const file: StaticFile = {
      contentType,
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      body,
      brotli: packed('.br', brotliCompressSync),
      gzip: packed('.gz', gzipSync),
    };
    const address = `/${name.split(path.sep).join('/')}`;
    site.set(address, file);
    if (address === '/index.html') site.set('/', file);
  }
  return site;
}
