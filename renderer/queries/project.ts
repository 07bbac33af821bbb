/** The open project, for what stands around the work. */
import type { Output } from '../../shared/rpc/client.ts';
import { useQueryMethod } from './client.ts';

/** Every saved edit raises it, and nothing on the screen shows it: without it the frame of the window is not made again after each click. */
const quiet = (project: Output<'project.current'>): Output<'project.current'> => (project.id === null ? project : { ...project, seq: 0 });

/** The open project without its count of edits; `id` null where none is open. */
export const useProject = () => useQueryMethod('project.current', {}, { select: quiet });
