import type { Shift } from './onCallShifts.js';

export interface CalendarShift extends Shift {
  readonly title: string;
  /** The same for the same shift at every reading. */
  readonly uid: string;
}

/** Octets of a line without its line break, by RFC 5545. */
const longestLine = 75;

/** RFC 5545 text: CRLF, lines folded at 75 octets, UTC times. Gaps are no events. @param now epoch milliseconds */
export function calendarText(name: string, shifts: readonly CalendarShift[], now: number): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tocsin//On call//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...shifts.filter(({ personId }) => personId !== null).flatMap((shift) => eventLines(shift, now)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines({ uid, title, startsAt, endsAt }: CalendarShift, now: number): readonly string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(startsAt)}`,
    `DTEND:${utc(endsAt)}`,
    `SUMMARY:${escaped(title)}`,
    // On call is not away: other appointments may lie in it.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** `20261127T090000Z` */
function utc(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const unprintable = /[\u0000-\u0009\u000b-\u001f\u007f]/g;

/** Backslash, separators and line breaks; what a text may not hold is left out, so that none ends its line early. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(unprintable, '')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\n/g, '\\n');
}

/** Between characters, never within one: a character of four octets is not torn. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let text = '';
  let octets = 0;
  for (const character of line) {
    const length = encoder.encode(character).length;
    if (octets + length > longestLine) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += length;
  }
  return text;
}
