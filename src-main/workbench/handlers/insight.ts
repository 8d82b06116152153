import { implementer } from '../implementer.ts';
const { insight } = implementer;
const missing = (): never => {
  throw new Error('not built yet');
};
export const insightHandlers = insight.router({
  images: insight.images.handler(missing),
  thumbnail: insight.thumbnail.handler(missing),
  upload: insight.upload.handler(missing),
  activity: insight.activity.handler(missing),
  maps: insight.maps.handler(missing),
  filters: insight.filters.handler(missing),
  deadUnits: insight.deadUnits.handler(missing),
  evaluations: insight.evaluations.handler(missing),
  confusion: insight.confusion.handler(missing),
  predictions: insight.predictions.handler(missing),
});
