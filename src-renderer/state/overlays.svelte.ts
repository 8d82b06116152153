/** What lies over the window. */
export const overlays = $state({ palette: false, keys: false });
