import { z } from 'zod';

/** What a model with eyes answers (prompts/read_picture.md); null = nobody is shown who could be followed up with. */
export const pictureReadingSchema = z.object({ text: z.string().nullable() });
