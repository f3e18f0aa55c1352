/** Where `npm run site` shows the documentation. */
export const LOCAL_SITE = 'http://localhost:4321/'
