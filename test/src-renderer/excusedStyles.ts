/** Files of src-renderer that still have sizes, weights, layers or tables of their own, by folder. */
export const excused: readonly string[] = [
  // shared
  'shared/DataTable.svelte',
  'shared/EngineProgress.svelte',
  // end of shared
  // shared/exchange
  'shared/exchange/ImportDialog.svelte',
  // end of shared/exchange
  // shared/images
  'shared/images/ImageChooser.svelte',
  // end of shared/images
  // shared/layerStatistics
  'shared/layerStatistics/HeatLegend.svelte',
  'shared/layerStatistics/HeatMap.svelte',
  // end of shared/layerStatistics
  // shared/looks
  'shared/looks/AnswerProgress.svelte',
  'shared/looks/AscentForm.svelte',
  'shared/looks/AscentImages.svelte',
  'shared/looks/ClassOverlay.svelte',
  'shared/looks/OcclusionPicture.svelte',
  'shared/looks/TopImages.svelte',
  // end of shared/looks
  // shared/maps
  'shared/maps/MapCanvas.svelte',
  'shared/maps/ScaleLegend.svelte',
  // end of shared/maps
  // shell
  'shell/App.svelte',
  'shell/ConnectionBanner.svelte',
  'shell/QueueSummary.svelte',
  'shell/SideBar.svelte',
  'shell/Toasts.svelte',
  // end of shell
  // views/maps
  'views/maps/CheckpointSlider.svelte',
  'views/maps/DeadUnitsTab.svelte',
  'views/maps/EnlargedMap.svelte',
  'views/maps/FiltersTab.svelte',
  'views/maps/InputPanel.svelte',
  'views/maps/LayerStrip.svelte',
  'views/maps/LayerTabs.svelte',
  'views/maps/MapsTab.svelte',
  'views/maps/TopClasses.svelte',
  'views/maps/looks/AscentPanel.svelte',
  'views/maps/looks/FieldPicture.svelte',
  'views/maps/looks/FieldTab.svelte',
  'views/maps/looks/GradCamTab.svelte',
  'views/maps/looks/OcclusionTab.svelte',
  'views/maps/looks/TopImagesPanel.svelte',
  // end of views/maps
  // views/new
  'views/new/NewView.svelte',
  'views/new/fields/DatasetReport.svelte',
  'views/new/fields/Field.svelte',
  'views/new/fields/WeightsFound.svelte',
  'views/new/run/CostPanel.svelte',
  'views/new/run/NetSketch.svelte',
  'views/new/run/RunProblems.svelte',
  'views/new/run/StartActions.svelte',
  'views/new/run/StartFrom.svelte',
  'views/new/study/NetChoice.svelte',
  'views/new/study/SeedsField.svelte',
  'views/new/study/StudyFields.svelte',
  'views/new/study/StudyPlan.svelte',
  'views/new/study/StudyProblemText.svelte',
  'views/new/study/TablesChoice.svelte',
  'views/new/study/WeightsChoice.svelte',
  'views/new/study/WeightsRow.svelte',
  // end of views/new
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
