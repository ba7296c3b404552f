/** What can be attached: a place. A few cities far apart, so that zones can be tried from one desk. */
import type { Actions } from '../actions.ts';
import { openMenu } from '../overlay/menu.ts';

const CITIES: readonly { name: string; hint: string; latitude: number; longitude: number }[] = [
  { name: 'Berlin', hint: 'changes its clocks twice a year', latitude: 52.52, longitude: 13.405 },
  { name: 'London', hint: 'an hour behind Berlin', latitude: 51.507, longitude: -0.128 },
  { name: 'New York', hint: 'its clocks change on other days', latitude: 40.713, longitude: -74.006 },
  { name: 'São Paulo', hint: 'never changes its clocks', latitude: -23.55, longitude: -46.633 },
  { name: 'Kathmandu', hint: 'a quarter of an hour off', latitude: 27.717, longitude: 85.324 },
  { name: 'Tokyo', hint: 'far ahead', latitude: 35.677, longitude: 139.65 },
  { name: 'Sydney', hint: 'summer in December', latitude: -33.869, longitude: 151.209 },
];

export function openAttachMenu(button: HTMLElement, actions: Actions): void {
  openMenu(
    button,
    'Share a location',
    CITIES.map(({ name, hint, latitude, longitude }) => ({
      text: name,
      hint,
      icon: 'pin',
      choose: () => {
        void actions.sendLocation(latitude, longitude);
      },
    })),
  );
}
