/** A report as JUnit's XML: one case for each thing that is looked at, failed by what `--fail-on` counts. */
import { xmlText } from '../../render/harmless.ts'
import { AREAS, type Remark, reaches } from '../remark.ts'
import type { Report } from '../report.ts'

export function junitOf(report: Report): string {
  const cases = AREAS.map((area) => {
    const wrong = report.findings.filter(
      (finding) => finding.area === area && reaches(finding.severity, report.failOn),
    )
    return { area, wrong }
  })
  const failures = cases.filter(({ wrong }) => wrong.length > 0).length
  const seconds = (report.times.end / 1000).toFixed(3)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="${attribute(report.target)}" tests="${cases.length}" failures="${failures}" time="${seconds}">`,
    ...cases.map(({ area, wrong }) => caseOf(area, wrong)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function caseOf(area: string, wrong: readonly Remark[]): string {
  const open = `    <testcase classname="inspect" name="${area}"`
  const [first] = wrong
  if (!first) return `${open}/>`
  const text = wrong.map(({ code, says, fix }) => `${code}: ${says}\ncure: ${fix}`).join('\n\n')
  return `${open}><failure type="${first.code}" message="${attribute(first.says)}">${xmlText(text)}</failure></testcase>`
}

function attribute(text: string): string {
  return xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')
}
