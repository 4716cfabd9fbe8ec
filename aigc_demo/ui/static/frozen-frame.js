// The frame of a page that is a file: its languages and its theme.

import { lang, t } from './i18n.js';

/** The other language is the same file under another hash. */
export function startLanguage() {
  const link = document.getElementById('language');
  link.href = lang === 'zh' ? '#en' : '#zh';
  link.setAttribute('aria-label', t('frozen.language'));
  for (const name of link.children) name.classList.toggle('aigc-here', name.lang === lang);
}

/** Dark where the system is, until somebody says otherwise. */
export function startTheme() {
  const wish = matchMedia('(prefers-color-scheme: dark)');
  const button = document.getElementById('aigc-theme');
  const turn = (dark) => {
    document.body.classList.toggle('dark', dark);
    dispatchEvent(new Event('aigc:theme'));
  };
  turn(wish.matches);
  wish.addEventListener('change', () => turn(wish.matches));
  button.setAttribute('aria-label', t('frozen.theme'));
  button.addEventListener('click', () => turn(!document.body.classList.contains('dark')));
}
