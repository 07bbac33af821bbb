import { newId } from '../../../shared/domain/ids.ts';
import type { ProjectPerson } from '../../../shared/domain/project.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { App, Context } from '../context.ts';
import { changePerson, listPeople, passphraseOf, personById, putPerson, setPassphrase } from '../db/people.ts';
import { isLastLead, isPassphrase, keepPassphrase, meOf } from '../people.ts';
import { requireProject } from '../rights.ts';

function known(app: App, personId: string): ProjectPerson {
  const person = personById(app.project().db, personId);
  if (!person) throw new AppError('not-found', `no person ${personId}`, { key: 'no-person' });
  return person;
}

export const peopleMethods: HandlersOf<'people', Context> = {
  'people.rename': ({ name }, { app }) => {
    const { id } = meOf(app.current, app.profile);
    // Nobody is renamed by who did not show yet that they are that person.
    if (app.current?.me.rights === 'none') throw new AppError('forbidden', 'locked', { key: 'person-locked' });
    app.rename(id, name);
    return { id, name };
  },
  'people.list': (_input, { app }) => listPeople(app.project().db),
  'people.add': ({ name, role }, { app }) => {
    const { db } = app.project();
    const id = newId();
    putPerson(db, { id, name }, role);
    app.changes.publish({ topic: 'people' });
    return known(app, id);
  },
  'people.change': ({ personId, role, active }, { app }) => {
    const { db } = app.project();
    const before = known(app, personId);
    const after = { ...before, role: role ?? before.role, active: active ?? before.active };
    const leads = (person: ProjectPerson) => person.active && person.role === 'lead';
    if (leads(before) && !leads(after) && isLastLead(db, personId)) throw new AppError('conflict', 'the last lead', { key: 'last-lead' });
    changePerson(db, after);
    app.changes.publish({ topic: 'people' });
    return known(app, personId);
  },
  'people.guard': async ({ personId, passphrase }, { app }) => {
    const project = app.project();
    known(app, personId);
    // Nobody sets another's passphrase; a lead may take away one that was forgotten.
    const own = personId === project.me.userId && project.me.rights !== 'none';
    if (!own && passphrase !== null) throw new AppError('forbidden', 'another person', { key: 'own-passphrase' });
    if (!own) requireProject(project, 'people');
    setPassphrase(project.db, personId, passphrase === null ? null : await keepPassphrase(passphrase));
    app.changes.publish({ topic: 'people' });
    return known(app, personId);
  },
  'people.become': async ({ personId, passphrase }, { app }) => {
    const project = app.project();
    if (!known(app, personId).active) throw new AppError('forbidden', 'not active', { key: 'person-inactive' });
    const kept = passphraseOf(project.db, personId);
    if (kept !== null && !(passphrase !== null && (await isPassphrase(passphrase, kept)))) return { status: 'wrong-passphrase' };
    project.become(personId);
    // What is shown depends on who looks.
    app.changes.publish({ topic: 'project' });
    app.changes.publish({ topic: 'images', imageIds: 'all', by: null });
    return { status: 'done', me: meOf(project, app.profile) };
  },
};
