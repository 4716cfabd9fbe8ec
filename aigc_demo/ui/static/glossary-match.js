// Finding the glossary's words in a text: the longest spelling wins, and Latin words must stand by themselves.

/** @typedef {{key: string, name: string, other: string, meaning: string, spellings: string[]}} Word */

const LATIN = /[A-Za-z0-9]/;
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Capitals of two or more letters are names (EMA, R1) and must be written so; other words may begin a sentence. */
const isName = (spelling) => /[A-Z].*[A-Z0-9]/.test(spelling) || spelling.length < 3;

/** @param {Word[]} list @param {string} language */
export function matcher(list, language) {
  const byKey = new Map(list.map((word) => [word.key, word]));
  const bySpelling = new Map();
  for (const word of list) for (const spelling of word.spellings) bySpelling.set(isName(spelling) ? spelling : spelling.toLowerCase(), word.key);
  const longestFirst = [...new Set(list.flatMap((word) => word.spellings))].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((spelling) => {
    const left = LATIN.test(spelling[0]) ? '(?<![A-Za-z0-9_-])' : '';
    const right = LATIN.test(spelling.at(-1)) ? '(?![A-Za-z0-9_-])' : '';
    return `${left}${escaped(spelling)}${right}`;
  }).join('|'), 'gi');
  const keyOf = (text) => bySpelling.get(text) ?? bySpelling.get(text.toLowerCase());
  return {
    byKey,
    language,
    /** @param {string} text @returns {{key: string, from: number, to: number}[]} from left to right */
    all(text) {
      const found = [];
      for (const match of text.matchAll(pattern)) {
        const key = keyOf(match[0]);
        if (key) found.push({ key, from: match.index, to: match.index + match[0].length });
      }
      return found;
    },
  };
}

/** The word that holds the place `offset` of `text`, or null. */
export const findWord = (found, text, offset) => found.all(text).find(({ from, to }) => offset >= from && offset <= to) ?? null;
