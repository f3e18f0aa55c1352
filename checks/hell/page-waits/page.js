import '/late.js'
