/** Every form there is: a line each. A form that is not here cannot be answered. */
import { leadFieldForm, leadNoteForm } from '../features/lead/lead-form.ts';
import { newLeadCompanyForm, newLeadContextForm, newLeadForm } from '../features/lead/new-lead-form.ts';
import { remindForm, remindWhenForm } from '../features/remind/remind-forms.ts';
import { recurringTimesForm } from '../features/recurring/recurring-handlers.ts';
import { replanForm } from '../features/plan/replan.ts';
import { stepAddForm, stepDateForm, stepDraftForm, stepWordsForm } from '../features/plan/step-forms.ts';
import { deleteForm } from '../features/privacy/delete-form.ts';
import { hourForm, pauseForm, quietForm } from '../features/settings/settings-forms.ts';
import { zoneForm } from '../features/zone/zone-handlers.ts';
import { snoozeForm } from '../features/reminder/snooze-form.ts';
import type { AnyForm } from './form.ts';

export const FORMS: readonly AnyForm[] = [
  zoneForm,
  remindForm,
  remindWhenForm,
  recurringTimesForm,
  newLeadForm,
  newLeadCompanyForm,
  newLeadContextForm,
  leadFieldForm,
  leadNoteForm,
  snoozeForm,
  stepWordsForm,
  stepDraftForm,
  stepDateForm,
  stepAddForm,
  replanForm,
  hourForm,
  quietForm,
  pauseForm,
  deleteForm,
];
