import { languageSchema } from '../../shared/schemas/user.ts';
import type { Profile } from '../usecases/ports.ts';

/** A profile in the names of `touch_person`; a language we do not speak is left to the default. */
export function profileArgument(profile: Profile): Record<string, string | null> {
  const language = languageSchema.safeParse(profile.language?.slice(0, 2).toLowerCase());
  return {
    first_name: profile.firstName,
    username: profile.username,
    language: language.success ? language.data : null,
  };
}
