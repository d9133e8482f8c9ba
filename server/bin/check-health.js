#!/usr/bin/env node
// The health check of the image, which has no curl: exits with 0 when the URL answers 2xx.
//
//   node server/bin/check-health.js http://127.0.0.1:4000/readyz
const url = process.argv[2] ?? 'http://127.0.0.1:4000/readyz';
try {
  const response = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
