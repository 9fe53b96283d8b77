"""One session of PySpark in local mode: scores generated cases, counts the pairs of an analysis set, prints JSON.

A process of its own: Spark talks to its Java part over a local socket, which the tests do not allow themselves. One for
all tests, as most of its time goes into starting. Run from the root:
`python -m tests.integration.spark_session FOLDER naranjo-1981 …`; the analysis set is in FOLDER/set.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.integration.spark_counts import counted
from tests.integration.spark_rows import scored

SETTINGS = {
    # A Java that lives for a minute: the quick compiler alone, and no threads that collect garbage.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "2",
}


def main(folder: Path, ids: list[str]) -> None:
    """Score the instruments, count the pairs, and print both."""
    import ibis
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").config("spark.sql.warehouse.dir", str(folder / "warehouse"))
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    connection = ibis.pyspark.connect(spark)
    found = {
        "rows": {id: scored(spark, connection, id) for id in ids},
        "pairs": counted(spark, connection, folder / "set"),
    }
    sys.stdout.write(json.dumps(found) + "\n")
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
