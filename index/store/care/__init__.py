"""Opens a store, finishes what a killed run left, examines and mends it."""
