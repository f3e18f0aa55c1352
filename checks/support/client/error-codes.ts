/** The name of an HTTP/2 error code: 8 → `CANCEL` (RFC 9113 § 7). */
export function errorName(code: number): string {
  return ERROR_NAMES[code] ?? 'unknown'
}

/** A reset as a learner reads it: `a reset with code 8 (CANCEL)`. */
export function resetText(code: number): string {
  return `a reset with code ${code} (${errorName(code)})`
}

const ERROR_NAMES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
]
