/** The texts of notices, as the configuration names them. */
import type { Config } from '../../config/schema/config.ts';
import { currentTemplateVersion } from '../../notice/template-choice.ts';
import { addressOf, type SmsAddress } from '../../stack/sms/address.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { builtInTemplateFile, loadTemplateFiles } from '../notifier/template-files.ts';
import { loadSelfCareTexts } from '../selfcare/text-files.ts';

export interface Texts {
  readonly sources: readonly string[];
  /** Of self-care. */
  readonly selfCareSources: readonly string[];
  /** What new notices are made with. */
  readonly version: number;
}

/** @throws OperatingError `CW_TEMPLATES_INVALID` or `CW_SELF_CARE_TEXTS_INVALID` with all that is wrong with the files */
export function loadTexts({ notices, selfCare }: Config): Texts {
  const selfCareSources = loadSelfCareTexts(selfCare.textFiles).sources;
  const paths = notices.templateFiles.length > 0 ? notices.templateFiles : [builtInTemplateFile];
  const loaded = loadTemplateFiles(paths);
  if (loaded.ok)
    return { sources: loaded.sources, selfCareSources, version: currentTemplateVersion(loaded.files) };
  const lines = loaded.problems.map(
    ({ path, line, message, allowed }) => `${path}:${line}: ${message}; allowed: ${allowed}`,
  );
  throw new OperatingError('CW_TEMPLATES_INVALID', lines.join('\n'), { files: paths });
}

export function originatingAddressOf({ notices }: Config): SmsAddress {
  const address = addressOf(notices.originatingAddress);
  if (address.ok) return address.value;
  throw new OperatingError('CW_CONFIG_INVALID', `notices.originatingAddress: ${address.code}`, {});
}
