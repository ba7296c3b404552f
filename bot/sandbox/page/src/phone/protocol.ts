/**
 * What Telegram's clients say to a mini-app in an iframe: `{eventType, eventData}` as JSON, both ways. The mini-app
 * runs unmodified; everything it may ask for is answered here or refused as a client without that feature would.
 */
import { z } from 'zod';

const colour = z.string();

const bottomButtonSchema = z.object({
  is_visible: z.boolean(),
  is_active: z.boolean().optional(),
  is_progress_visible: z.boolean().optional(),
  text: z.string().optional(),
  color: colour.optional(),
  text_color: colour.optional(),
  position: z.enum(['left', 'right', 'top', 'bottom']).optional(),
});
export type BottomButton = z.infer<typeof bottomButtonSchema>;

const popupButtonSchema = z.object({
  id: z.string(),
  type: z.enum(['default', 'ok', 'close', 'cancel', 'destructive']),
  text: z.string().optional(),
});
export type PopupButton = z.infer<typeof popupButtonSchema>;

const visible = z.object({ is_visible: z.boolean() });
const request = z.object({ req_id: z.string() });
const nothing = z.unknown();

/** The events the phone acts on, with what they carry. */
const ACTED_ON = {
  iframe_ready: nothing,
  web_app_ready: nothing,
  web_app_close: nothing,
  web_app_request_theme: nothing,
  web_app_request_viewport: nothing,
  web_app_request_safe_area: nothing,
  web_app_request_content_safe_area: nothing,
  web_app_request_write_access: nothing,
  web_app_setup_main_button: bottomButtonSchema,
  web_app_setup_secondary_button: bottomButtonSchema,
  web_app_setup_back_button: visible,
  web_app_setup_settings_button: visible,
  web_app_setup_closing_behavior: z.object({ need_confirmation: z.boolean() }),
  web_app_set_header_color: z.object({ color: colour.optional(), color_key: z.string().optional() }),
  web_app_set_background_color: z.object({ color: colour }),
  web_app_set_bottom_bar_color: z.object({ color: colour }),
  web_app_open_popup: z.object({
    title: z.string().optional(),
    message: z.string(),
    buttons: z.array(popupButtonSchema).min(1).max(3),
  }),
  web_app_open_link: z.object({ url: z.string() }),
  web_app_open_tg_link: z.object({ path_full: z.string() }),
  web_app_read_text_from_clipboard: request,
  web_app_invoke_custom_method: request,
} as const;

type ActedOn = typeof ACTED_ON;

/** One event from the mini-app, its data checked. */
export type AppEvent = {
  [Type in keyof ActedOn]: { type: Type; data: z.infer<ActedOn[Type]> };
}[keyof ActedOn];

const envelopeSchema = z.object({ eventType: z.string(), eventData: z.unknown() });

/** Requests for what this phone does not have, and how a client without it answers. */
const REFUSALS: Readonly<Record<string, readonly [eventType: string, eventData: object]>> = {
  web_app_request_fullscreen: ['fullscreen_failed', { error: 'UNSUPPORTED' }],
  web_app_request_phone: ['phone_requested', { status: 'cancelled' }],
  web_app_add_to_home_screen: ['home_screen_failed', { error: 'UNSUPPORTED' }],
  web_app_check_home_screen: ['home_screen_checked', { status: 'unsupported' }],
  web_app_biometry_get_info: ['biometry_info_received', { available: false }],
  web_app_check_location: ['location_checked', { available: false }],
  web_app_request_location: ['location_requested', { available: false }],
  web_app_start_accelerometer: ['accelerometer_failed', { error: 'UNSUPPORTED' }],
  web_app_start_gyroscope: ['gyroscope_failed', { error: 'UNSUPPORTED' }],
  web_app_start_device_orientation: ['device_orientation_failed', { error: 'UNSUPPORTED' }],
  web_app_request_file_download: ['file_download_requested', { status: 'cancelled' }],
  web_app_send_prepared_message: ['prepared_message_failed', { error: 'UNSUPPORTED' }],
  web_app_set_emoji_status: ['emoji_status_failed', { error: 'UNSUPPORTED' }],
  web_app_request_emoji_status_access: ['emoji_status_access_requested', { status: 'cancelled' }],
  web_app_open_scan_qr_popup: ['scan_qr_popup_closed', {}],
};

export type Incoming =
  | { kind: 'event'; event: AppEvent }
  | { kind: 'refused'; eventType: string; eventData: object }
  /** Haptics and the like: nothing to do, or not a Telegram event at all. */
  | { kind: 'ignored' };

/** Reads one `postMessage` payload. Anything malformed is ignored, as Telegram's clients do. */
export function readEvent(payload: unknown): Incoming {
  const envelope = envelopeSchema.safeParse(parseJson(payload));
  if (!envelope.success) return { kind: 'ignored' };
  const { eventType, eventData } = envelope.data;
  const refusal = REFUSALS[eventType];
  if (refusal !== undefined) return { kind: 'refused', eventType: refusal[0], eventData: refusal[1] };
  if (!isActedOn(eventType)) return { kind: 'ignored' };
  const data = ACTED_ON[eventType].safeParse(eventData);
  // The table pairs each name with its own schema; TypeScript cannot follow that pairing through a lookup.
  return data.success
    ? { kind: 'event', event: { type: eventType, data: data.data } as AppEvent }
    : { kind: 'ignored' };
}

function isActedOn(type: string): type is keyof ActedOn {
  return Object.hasOwn(ACTED_ON, type);
}

function parseJson(payload: unknown): unknown {
  try {
    return typeof payload === 'string' ? JSON.parse(payload) : null;
  } catch {
    return null;
  }
}
