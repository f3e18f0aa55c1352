/** What is said of the page. */
import type { CheckManifest, Fault } from '../manifest.ts'

/** How the page does not come to its request, in each check that asks on it. */
const ASKING: Record<string, Fault> = {
  form: {
    why: 'The form and its output are how people ask, and where they read.',
    fix: 'Keep <form id="ask"> with its field, <output id="answer"> and <button id="stop"> of page.html.',
  },
  broken: {
    why: 'A script that fails stops where it failed. What stands after that line never runs.',
    fix: 'Open the page, press F12, and read the first red line of the console.',
  },
  elsewhere: {
    why: 'Nothing answers at this address. The model is at /completions.',
    fix: "Ask there: streamTokens('/completions', …).",
  },
  silent: {
    why: 'The page has to ask for what it wants to show.',
    fix: "Import streamTokens from '/client.js'. In the form's submit listener, loop over streamTokens('/completions', ask.elements.prompt.value, …).",
  },
  again: {
    why: 'People ask more than once.',
    fix: 'Leave the form as it is when an answer has ended, and make all that an answer needs anew each time.',
  },
  reload: {
    why: 'A browser that sends a form leaves the page, and its script with it.',
    fix: 'Call event.preventDefault() first in the submit listener.',
  },
}

export const pageWords = {
  shown: {
    says: 'shows tokens on the page as they come, as text',
    why: 'This is what all of it is for: people read along.',
    fix: 'for await (const token of streamTokens(…)) answer.value += token.',
    faults: {
      ...ASKING,
      prompt: {
        why: 'The model is to answer what people wrote.',
        fix: 'Hand on what stands in the field: ask.elements.prompt.value. It is empty once the form was reset.',
      },
      late: {
        why: 'More is to come, and people can read what is here by now.',
        fix: 'Add each token inside of the loop: answer.value += token.',
      },
      markup: {
        why: 'A model writes whatever it was taught, tags too. As markup they become a part of your page.',
        fix: 'Add it as text: answer.value += token, or append() on an element. Never innerHTML.',
      },
      again: {
        why: 'People ask more than once.',
        fix: "Empty the answer when somebody asks: answer.value = ''. Leave the form as it is when an answer has ended.",
      },
    },
    hints: [
      'Where does the page get the next token from, and where does it put it?',
      'output.value is the text of an output: developer.mozilla.org/docs/Web/API/HTMLOutputElement/value',
      { file: 'page.js', lines: 'for await' },
    ],
  },
  stop: {
    says: 'ends the request when somebody presses Stop, and keeps what has come',
    why: 'The model works until the server knows that nobody reads. The end of the request is what tells it.',
    fix: 'Each time that somebody asks, make an AbortController. Hand its signal to streamTokens(), in the options, and call its abort() when #stop is pressed.',
    faults: {
      ...ASKING,
      button: {
        why: 'While an answer comes, the button has to be there, and it has to work.',
        fix: 'Let it be enabled while tokens come: stop.disabled = false.',
      },
      uncaught: {
        why: 'An aborted loop throws the reason of its signal. It is no failure, and what nobody catches ends in the console.',
        fix: 'Catch what the loop throws. When signal.aborted is true, it was the button.',
      },
      gone: {
        why: 'People pressed Stop since they have read enough, and want to keep that.',
        fix: 'Add to the answer, and do not replace it.',
      },
      again: {
        why: 'A controller that was aborted stays so: a request with its signal ends before it begins.',
        fix: 'Make a new AbortController each time that somebody asks.',
      },
    },
    hints: [
      'Press Stop, and look at the Network tab of your browser. What became of the request?',
      'AbortController aborts what has its signal: developer.mozilla.org/docs/Web/API/AbortController',
      { file: 'page.js', lines: 'asking.abort' },
    ],
  },
  trouble: {
    says: 'tells people when an answer is not whole',
    why: 'They read half an answer, and take it for all of it.',
    fix: 'Catch what the loop throws, and show it: answer.value += error.message.',
    faults: ASKING,
    hints: [
      'Ask the page for "Please fail". How would you know that this is not the whole answer?',
      'catch around a for await loop gets what the generator throws: developer.mozilla.org/docs/Web/JavaScript/Reference/Statements/try...catch',
      { file: 'page.js', lines: 'error.message' },
    ],
  },
} satisfies Record<string, CheckManifest>
