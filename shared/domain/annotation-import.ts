/** What came of an import of annotation files. Reasons, formats and units are named in `shared/formats/imports/record.ts`. */
/** One thing that was not taken, or changed on the way. */
export interface ReportLine {
  readonly reason: string;
  /** The annotation file, and the place in it. */
  readonly file: string;
  readonly where: string;
  readonly detail: string;
}
export interface AnnotationReason {
  readonly reason: string;
  readonly count: number;
  /** Whether something is missing in the project for it. */
  readonly isSkip: boolean;
  readonly examples: readonly ReportLine[];
}
/** How the points of a file were read. */
export interface UnitRead {
  readonly file: string;
  readonly unit: string;
  readonly because: string;
  readonly points: number;
}
export interface AnnotationsResult {
  readonly kind: 'annotations';
  readonly images: { readonly added: number; readonly duplicates: number; readonly known: number; readonly refused: number; readonly relinked: number };
  /** Annotation files and rows in them. */
  readonly files: number;
  readonly rows: number;
  readonly changed: number;
  readonly captions: number;
  readonly questions: number;
  readonly labels: number;
  readonly points: number;
  /** What was there already. */
  readonly known: number;
  readonly formats: readonly { readonly format: string; readonly files: number }[];
  readonly units: readonly UnitRead[];
  readonly reasons: readonly AnnotationReason[];
}

/** An item of an annotation file, to look at before it is imported. Points are in percent of the upright picture. */
export interface SampleItem {
  readonly where: string;
  readonly name: string;
  /** Names the picture among the media URLs (`/media/sample/<id>`), or null where none was found. */
  readonly pictureId: string | null;
  readonly captions: readonly string[];
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
  readonly labels: readonly { readonly label: string; readonly points: readonly { readonly x: number; readonly y: number }[] }[];
}
/** An annotation file as it was recognised; files of a picture each are told together. */
export interface InspectedSource {
  readonly name: string;
  readonly files: number;
  readonly format: string;
  /** Names a sentence below `annotations.because`. */
  readonly because: string;
  /** Of the rows that were looked at. `isAll`: there are no more. */
  readonly rows: number;
  readonly isAll: boolean;
  readonly captions: number;
  readonly questions: number;
  readonly labels: number;
  readonly points: number;
  /** Null where its points leave nothing open, or there are none. */
  readonly unit: UnitRead | null;
  /** Fields that hold text. */
  readonly textFields: readonly string[];
  readonly reasons: readonly AnnotationReason[];
  readonly samples: readonly SampleItem[];
}
export interface Inspection {
  readonly sources: readonly InspectedSource[];
  /** Archives that are unpacked when they are imported; the first files in them were looked at. */
  readonly archives: readonly string[];
  /** Sources that are left out of this list. */
  readonly more: number;
}
