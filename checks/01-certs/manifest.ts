import { defineLesson } from '../manifest.ts'
import { fileWords } from './words-files.ts'
import { trustWords } from './words-trust.ts'

export default defineLesson({
  slug: '01-certs',
  title: 'Certificates',
  goal: 'make-certs.ts makes a key, and a certificate for localhost that a browser can trust.',
  minutes: 15,
  entry: 'make-certs.ts',
  edit: ['make-certs.ts'],
  begins: 'runs',
  checks: {
    ...fileWords,
    ...trustWords,
  },
})
