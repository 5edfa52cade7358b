"""Made-up programmes of any size, and what it takes to build and to read them."""
