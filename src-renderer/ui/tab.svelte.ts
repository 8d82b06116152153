/** The browser's tab of this window. */
class Tab {
  /** What stands before the title of every page. */
  prefix = $state('');
}

export const tab = new Tab();
