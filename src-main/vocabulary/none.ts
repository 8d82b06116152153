/** What stands where there is no value, in every printed table; CSV and JSON leave the place empty. */
export const none = '–';
