/** Printed in place of a missing value in every table; CSV and JSON leave the place empty. */
export const none = '–';
