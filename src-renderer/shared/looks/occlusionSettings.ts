/** How a square is moved over an image; undefined sizes follow the crop. */
export interface OcclusionSettings {
  side?: number;
  stride?: number;
  score: 'posterior' | 'logit';
}
