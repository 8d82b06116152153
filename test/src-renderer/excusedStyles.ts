/** Files of src-renderer that still have sizes, weights, layers or tables of their own, by folder. */
export const excused: readonly string[] = [
  // shared
  'shared/DataTable.svelte',
  // end of shared
  // shared/exchange
  'shared/exchange/ImportDialog.svelte',
  // end of shared/exchange
  // shared/layerStatistics
  'shared/layerStatistics/HeatLegend.svelte',
  'shared/layerStatistics/HeatMap.svelte',
  // end of shared/layerStatistics
  // shell
  'shell/App.svelte',
  'shell/ConnectionBanner.svelte',
  'shell/QueueSummary.svelte',
  'shell/SideBar.svelte',
  'shell/Toasts.svelte',
  // end of shell
  // views/runPage
  'views/runPage/KeyTable.svelte',
  'views/runPage/ResultTab.svelte',
  'views/runPage/RunFacts.svelte',
  'views/runPage/RunPage.svelte',
  'views/runPage/RunProgress.svelte',
  'views/runPage/mistakes/GreatestConfusions.svelte',
  'views/runPage/mistakes/MatrixTable.svelte',
  'views/runPage/mistakes/PredictionTile.svelte',
  // end of views/runPage
  // views/runs
  'views/runs/RunCell.svelte',
  'views/runs/RunGrid.svelte',
  'views/runs/RunGridHead.svelte',
  'views/runs/RunRow.svelte',
  // end of views/runs
  // views/settings
  'views/settings/DataPanel.svelte',
  'views/settings/PresetsPanel.svelte',
  'views/settings/ProblemsPanel.svelte',
  'views/settings/WindowPanel.svelte',
  // end of views/settings
  // views/welcome
  'views/welcome/Abilities.svelte',
  'views/welcome/Hero.svelte',
  'views/welcome/Step.svelte',
  'views/welcome/Steps.svelte',
  // end of views/welcome
];
