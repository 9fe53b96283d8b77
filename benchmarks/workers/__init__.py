"""Programs that `benchmarks.reading` and `benchmarks.exchange` run in processes of their own; not for people."""
