/** Colour and shape of labels: never colour alone, so that every label can be told apart by everybody. */

/** The label colours of the design, the same in both themes: markers stand on photos, not on panels. */
export const LABEL_COLOURS = ['#ff6b4a', '#2fb4ff', '#ffc53d', '#8b7bff', '#3ecf8e', '#ff7ac2', '#5fd4d0', '#c9a26b'] as const;
/** As many as `traceShape` of the canvas knows. */
const SHAPES = 7;

/** The look of the label at this place in the image's list; 56 differ from each other. */
export function labelStyle(index: number): { readonly color: string; readonly shape: number } {
  return { color: LABEL_COLOURS[index % LABEL_COLOURS.length]!, shape: index % SHAPES };
}

/** The look of points that stand in an answer; no label has this colour. */
export const inlineStyle = { color: '#4d7dff', shape: 0 } as const;

/** The same outlines as the canvas draws, as SVG paths in a box from -12 to 12. */
export const SHAPE_PATHS = [
  'M0-9A9 9 0 1 1 0 9A9 9 0 1 1 0-9Z',
  'M-6-8.5H6Q8.5-8.5 8.5-6V6Q8.5 8.5 6 8.5H-6Q-8.5 8.5-8.5 6V-6Q-8.5-8.5-6-8.5Z',
  'M0-11L11 0L0 11L-11 0Z',
  'M0-10L8.7-5V5L0 10L-8.7 5V-5Z',
  'M0-10.5L10.4 7.5H-10.4Z',
  'M0-10L9.6-3.1L5.9 8.2H-5.9L-9.6-3.1Z',
  'M0 10.5L10.4-7.5H-10.4Z',
] as const;
