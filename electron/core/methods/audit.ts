import { permitsProject } from '../../../shared/domain/permissions.ts';
import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { auditPage } from '../quality/audit.ts';
import { requireProject, roleOf } from '../rights.ts';

export const auditMethods: HandlersOf<'audit', Context> = {
  'audit.page': (ask, { app }) => {
    const project = app.project();
    const role = roleOf(project);
    // Nobody acts: refused with the reason. An annotator's own edits are theirs to see.
    if (role === null) requireProject(project, 'inspect');
    return auditPage(project.db, { ...ask, onlyOf: permitsProject(role, 'inspect') ? null : project.me.userId });
  },
};
