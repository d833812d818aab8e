"""What differs between two editions of a book, told as printers tell it: on page 12, for this read that."""
