/** From a place on the map to its clock. The map is in memory: nothing is asked of anybody, the place is not kept. */
import tzLookup from '@photostructure/tz-lookup';

/**
 * The IANA zone of a place; null at sea, where there is no local clock to follow, and for what is no place at all.
 * The map is coarse: beside a border, or on a small island, the neighbour's zone may come out. Callers say the time there.
 * @param latitude degrees, north positive.
 * @param longitude degrees, east positive.
 */
export function zoneOfPlace(latitude: number, longitude: number): string | null {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  const zone = tzLookup(latitude, longitude);
  return zone.startsWith('Etc/') ? null : zone;
}
