"""What was found, in one form a module. Each takes the results, in any order, and says the same of the same ones."""
