/** The texts of notices, as the configuration names them. */
import type { Config } from '../../config/schema/config.ts';
import { currentTemplateVersion } from '../../notice/template-choice.ts';
import { addressOf, type SmsAddress } from '../../stack/sms/address.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { builtInTemplateFiles, type LoadedTemplates, loadTemplateFiles } from '../notifier/template-files.ts';
import { loadSelfCareTexts } from '../selfcare/text-files.ts';

export interface Texts {
  readonly sources: readonly string[];
  /** Of self-care. */
  readonly selfCareSources: readonly string[];
  /** What new notices are made with. */
  readonly version: number;
}

/**
 * The files of the configuration; where none of them is the operator's own (all are of brands, or there is none), the built-in ones serve as such.
 *
 * @throws OperatingError `CW_TEMPLATES_INVALID` or `CW_SELF_CARE_TEXTS_INVALID` with all that is wrong with the files
 */
export function loadTexts({ notices, selfCare }: Config): Texts {
  const selfCareSources = loadSelfCareTexts(selfCare.textFiles).sources;
  const paths = notices.templateFiles;
  const given = loadTemplateFiles(paths);
  if (!given.ok) throw invalid(given, paths);
  if (given.files.some(({ brand }) => brand === undefined)) return textsOf(given, selfCareSources);
  const all = [...paths, ...builtInTemplateFiles()];
  const loaded = loadTemplateFiles(all);
  if (!loaded.ok) throw invalid(loaded, all);
  return textsOf(loaded, selfCareSources);
}

function textsOf(
  { sources, files }: Extract<LoadedTemplates, { ok: true }>,
  selfCareSources: readonly string[],
): Texts {
  return { sources, selfCareSources, version: currentTemplateVersion(files) };
}

function invalid(
  { problems }: Extract<LoadedTemplates, { ok: false }>,
  files: readonly string[],
): OperatingError {
  const lines = problems.map(
    ({ path, line, message, allowed }) => `${path}:${line}: ${message}; allowed: ${allowed}`,
  );
  return new OperatingError('CW_TEMPLATES_INVALID', lines.join('\n'), { files });
}

export function originatingAddressOf({ notices }: Config): SmsAddress {
  const address = addressOf(notices.originatingAddress);
  if (address.ok) return address.value;
  throw new OperatingError('CW_CONFIG_INVALID', `notices.originatingAddress: ${address.code}`, {});
}
