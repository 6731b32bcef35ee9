# Short names for what is typed often; each is a Maven command, which make shows. MVN=./mvnw where Maven is not installed.
MVN ?= mvn
TEST ?=
NAME ?=

.DEFAULT_GOAL := help
.PHONY: help test it quick verify format schema new-experiment javadoc bench shardingsphere mutation clean

help: ## lists these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1@\2/p' $(MAKEFILE_LIST) | while IFS=@ read -r target says; do \
	  printf '  %-14s %s\n' "$$target" "$$says"; done

test: ## the unit tests; only some of them: make test TEST=LeakTest
	$(MVN) -q test $(if $(TEST),-Dtest='$(TEST)')

it: ## one integration test, without the unit tests: make it NAME=FailoverIT (or NAME='FailoverIT#method')
	@test -n '$(NAME)' || { echo "which one? make it NAME=FailoverIT" >&2; exit 2; }
	$(MVN) -q test-compile failsafe:integration-test failsafe:verify -Dit.test='$(NAME)' -Dit.excluded=

quick: ## everything once against servers of its own, in 1.5 minutes
	$(MVN) gatling:test -Dprofile=quick

verify: ## all that must be green before a commit is merged: Error Prone, unit tests, integration tests, format; 20 minutes
	$(MVN) -Perrorprone verify

format: ## formats the Java sources as verify wants them
	$(MVN) -q spotless:apply

schema: ## writes docs/test-report.schema.json anew, from the records of the report
	$(MVN) -q test -Dtest=ReportSchemaTest#isUpToDate -Dschema.write=true

new-experiment: ## the files of an experiment, to begin with: make new-experiment NAME=row-echo
	@test -n "$$NAME" || { echo "which one? make new-experiment NAME=row-echo" >&2; exit 2; }
	@java src/test/java/distributedmysql/experiment/NewExperiment.java "$$NAME"
	$(MVN) -q spotless:apply

javadoc: ## the public types' documentation, in target/reports/apidocs
	$(MVN) -q compile javadoc:javadoc

bench: ## a first look at our engine beside other load generators, in 3 minutes
	$(MVN) -q -Pbench test-compile exec:java@benchmark -Dbenchmark.profile=quick

shardingsphere: ## ShardingSphere-JDBC beside our router: the same answers, and what they cost
	$(MVN) -Pshardingsphere test-compile failsafe:integration-test failsafe:verify -Dit.test=ShardingSphereIT

mutation: ## whether the unit tests notice when a checker is changed
	$(MVN) -Pmutation test-compile pitest:mutationCoverage

clean: ## removes what was built; not results/, and not the servers' cache
	$(MVN) -q clean
