/** The permission table at work: who acts, and what the core refuses them. */
import type { Doc } from '../../shared/domain/model.ts';
import type { Op } from '../../shared/domain/ops.ts';
import { permitsProject, type PersonRole, type ProjectAction, refusalOf } from '../../shared/domain/permissions.ts';
import { touchesHidden, type View, viewOf, visibleDoc } from '../../shared/domain/visible.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import { listPeople, personById } from './db/people.ts';
import type { Project } from './project.ts';

type Acts = Pick<Project, 'db' | 'me'>;

/** The acting person's role; null while they may do nothing. A project that has no people yet is led by whoever comes first. */
export function roleOf({ db, me }: Acts): PersonRole | null {
  if (me.rights === 'all') return 'lead';
  if (me.rights === 'none') return null;
  const person = personById(db, me.userId);
  if (!person) return listPeople(db).length === 0 ? 'lead' : null;
  return person.active ? person.role : null;
}

/** Throws `forbidden` unless the acting person may do this to the project. */
export function requireProject<P extends Acts>(project: P, action: ProjectAction): P {
  const role = roleOf(project);
  if (!permitsProject(role, action)) throw refused(project, role, permitsProject('reviewer', action) ? 'reviewers-only' : 'leads-only');
  return project;
}

/** What the acting person sees of an image; null where that is everything. */
export const viewFor = (project: Acts, doc: Doc): View | null => viewOf(doc, project.me.userId, roleOf(project));

/** Throws `forbidden` unless the acting person may make this edit. */
export function requireEdit(project: Acts, doc: Doc, ops: readonly Op[]): void {
  const role = roleOf(project);
  const view = viewOf(doc, project.me.userId, role);
  if (touchesHidden(doc, ops, view)) throw refused(project, role, 'hidden-work');
  const refusal = refusalOf(role, visibleDoc(doc, view), ops, project.me.userId);
  if (refusal) throw refused(project, role, editKey(refusal));
}

/** Whether they may. */
export function permitsEdit(project: Acts, doc: Doc, ops: readonly Op[]): boolean {
  const role = roleOf(project);
  const view = viewOf(doc, project.me.userId, role);
  return !touchesHidden(doc, ops, view) && refusalOf(role, visibleDoc(doc, view), ops, project.me.userId) === null;
}

function editKey({ action, state }: NonNullable<ReturnType<typeof refusalOf>>): string {
  if (action === 'assign') return 'leads-only';
  if (action === 'review') return 'reviewers-only';
  if (state === 'in-review' || state === 'accepted') return `closed-${state}`;
  return 'others-work';
}

function refused({ me }: Acts, role: PersonRole | null, key: string): AppError {
  if (role !== null) return new AppError('forbidden', `refused to ${role}: ${key}`, { key });
  return new AppError('forbidden', 'nobody acts here', { key: me.rights === 'none' ? 'person-locked' : 'person-inactive' });
}
