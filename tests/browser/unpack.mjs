// Unpacks the brotli archives named on the command line into TMPDIR, with the package's own reader.
import { inflate } from "@sparticuz/chromium";

for (const archive of process.argv.slice(2)) await inflate(archive);
