import { expect, it } from 'vitest';
import { fileNameOf, mediaTypeOf } from './mediaType.js';

const bytes = (text: string) => new TextEncoder().encode(text);

it('recognises a content by its own bytes', () => {
  expect(mediaTypeOf(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('image/png');
  expect(mediaTypeOf(bytes('%PDF-1.7'))).toBe('application/pdf');
  expect(mediaTypeOf(bytes('level=error msg="Größe"'))).toBe('text/plain; charset=utf-8');
});

it('never calls markup by a name that a browser would run', () => {
  for (const text of [
    '<html>',
    ' \n<!doctype html>',
    '<svg onload=alert(1)>',
    '<?xml version="1.0"?>',
    '\ufeff<script>',
  ]) {
    expect(mediaTypeOf(bytes(text))).toBe('application/octet-stream');
  }
  expect(mediaTypeOf(Uint8Array.from([0xc3, 0x28]))).toBe('application/octet-stream');
  expect(mediaTypeOf(bytes('a\u0000b'))).toBe('application/octet-stream');
});

it('keeps the name of a file and nothing of its path', () => {
  expect(fileNameOf('../../etc/passwd')).toBe('passwd');
  expect(fileNameOf('C:\\temp\\heap dump.bin')).toBe('heap dump.bin');
  expect(fileNameOf('a\r\nb\u202etxt.exe')).toBe('abtxt.exe');
  expect(fileNameOf('..')).toBeNull();
});
