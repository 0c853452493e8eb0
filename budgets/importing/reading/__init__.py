"""Files of many kinds -> a header and rows of printed cells. Streams, and bounds what it takes in."""
