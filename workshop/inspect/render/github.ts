/** A report as annotations of GitHub Actions: workflow commands, one finding a line. */
import type { Severity } from '../../../checks/wire/wording.ts'
import type { Remark } from '../remark.ts'
import type { Report } from '../report.ts'

export function githubLines({ target, findings, file }: Report): string[] {
  return findings.map((finding) => {
    const place =
      file !== undefined && finding.line !== undefined ? `file=${value(file)},line=${finding.line},` : ''
    const title = value(`${finding.code} · ${target}`)
    return `::${LEVELS[finding.severity]} ${place}title=${title}::${text(bodyOf(finding))}`
  })
}

function bodyOf({ says, fix, excerpt, more }: Remark): string {
  return [
    says,
    ...(excerpt
      ? [`came: ${excerpt.line}`, ...(excerpt.should ? [`should be: ${excerpt.should}`] : [])]
      : []),
    `cure: ${fix}`,
    ...(more ? [`and ${more} more like it`] : []),
  ].join('\n')
}

const LEVELS: Record<Severity, string> = { error: 'error', warning: 'warning', note: 'notice' }

function text(message: string): string {
  return message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function value(property: string): string {
  return text(property).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
