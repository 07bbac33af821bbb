/** Label Studio's tasks with annotations, to look at or go on with there: points as keypoints in percent, captions as text areas. */
import type { JsonValue } from '../columns.ts';
import { imageFiles, imagePath } from '../chat/chat-format.ts';
import type { ExportFacts, Format } from '../format.ts';
import { captionsOf, documentFindings, labelledPointsOf, questionAnswersOf } from '../work.ts';

/** Its name for a text of the image. */
const TO = 'image';

export const labelStudio: Format = {
  profile: 'label-studio',
  container: 'array',
  takes: ['captions', 'questions', 'labels'],
  root: '',
  tables: [{ name: 'tasks', columns: [{ name: 'json', type: 'json' }] }],
  images: 'files',
  fileName: (_table, split) => `${split}.json`,
  map(item, image) {
    const captions = captionsOf(item.doc);
    const asked = questionAnswersOf(item.doc);
    const pointed = labelledPointsOf(item.doc);
    const findings = [...asked.findings.filter(({ reason }) => reason !== 'later-turn'), ...pointed.findings, ...documentFindings(item.doc)];
    if (captions.length + asked.items.length + pointed.items.length === 0) return { rows: { tasks: [] }, findings };
    const absent = pointed.items.filter(({ points }) => points.length === 0).map(({ label }) => label);
    const result: JsonValue[] = [
      ...captions.map((text, at) => ({ id: `caption-${at}`, from_name: 'caption', to_name: TO, type: 'textarea', value: { text: [text] } })),
      ...pointed.items.flatMap(({ label, points }, set) =>
        points.map(({ x, y }, at) => ({
          id: `points-${set}-${at}`,
          from_name: 'points',
          to_name: TO,
          type: 'keypointlabels',
          original_width: image.widthPx,
          original_height: image.heightPx,
          image_rotation: 0,
          value: { x, y, width: 0.5, keypointlabels: [label] },
        })),
      ),
    ];
    const json: JsonValue = {
      data: {
        image: imagePath(image),
        image_sha256: image.sha256,
        questions: asked.items.map(({ question, answer }) => ({ question, answer })),
        not_present: absent,
        counted: pointed.items.filter(({ method, points }) => method === 'counting' && points.length > 0).map(({ label }) => label),
      },
      annotations: [{ result }],
    };
    return { rows: { tasks: [{ json }] }, findings, files: imageFiles(image, 1) };
  },
  extras: (facts) => [{ path: 'label-config.xml', text: config(facts) }],
};

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/\p{Cc}/gu, ' ');

/** The labelling interface that these tasks need. */
function config({ labels }: ExportFacts): string {
  return [
    '<View>',
    '  <Image name="image" value="$image" zoom="true"/>',
    '  <KeyPointLabels name="points" toName="image">',
    ...labels.map((label) => `    <Label value="${escaped(label)}"/>`),
    '  </KeyPointLabels>',
    '  <TextArea name="caption" toName="image" rows="6" editable="true"/>',
    '</View>',
    '',
  ].join('\n');
}
