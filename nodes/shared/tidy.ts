/** Nothing to compose, and nothing to trim: most addresses, names and values are of this kind. */
const IS_TIDY = /^[!-~]*$/;

/** A text in Unicode's composed form, without blanks around it: two such texts that look the same are the same. */
export const tidy = (text: string): string => (IS_TIDY.test(text) ? text : text.normalize('NFC').trim());
