/** Who acts in this window, for code outside of components: the editor asks it what may be changed. */
import type { Me } from '../../shared/domain/project.ts';

let me: Me | null = null;
export const actingMe = (): Me | null => me;
export const setActingMe = (next: Me | null): void => void (me = next);
