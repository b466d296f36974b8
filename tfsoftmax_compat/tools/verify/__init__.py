"""Run a document's examples under real TensorFlow releases and judge every number they print."""
