/** Every form there is: a line each. A form that is not here cannot be answered. */
import { zoneForm } from '../features/zone/zone-handlers.ts';
import type { AnyForm } from './form.ts';

export const FORMS: readonly AnyForm[] = [zoneForm];
