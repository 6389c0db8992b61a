/** Languages that are written from right to left, by the primary subtag of BCP 47; `ku-Arab` and the like by their script. */

const rightToLeft = new Set([
  'ar',
  'arc',
  'ckb',
  'dv',
  'fa',
  'he',
  'iw',
  'ps',
  'sd',
  'syr',
  'ug',
  'ur',
  'yi',
]);
const rightToLeftScripts = new Set(['arab', 'hebr', 'nkoo', 'rohg', 'syrc', 'thaa']);
const scriptTag = /^[a-z]{4}$/;

export function directionOf(language: string): 'ltr' | 'rtl' {
  const [primary = '', second = ''] = language.toLowerCase().split('-');
  const isRightToLeft = scriptTag.test(second) ? rightToLeftScripts.has(second) : rightToLeft.has(primary);
  return isRightToLeft ? 'rtl' : 'ltr';
}
