"""The measures: benchmarks, suites and reports. They never import the faces."""
