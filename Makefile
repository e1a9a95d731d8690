# Drillyard. `make help` lists what there is.
SHELL := /bin/bash
IMAGES ?= trixie
STORES ?=
JDK = $(shell src/setup/find-jdk 2>/dev/null)
MVN = JAVA_HOME="$(JDK)" MAVEN_OPTS="-XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow $$MAVEN_OPTS" mvn -B -ntp $(MAVEN_FLAGS)
SOURCES := $(shell find src/main src/build scenarios -type f 2>/dev/null) pom.xml LICENSE
DRILL_FLAGS ?=
MUTATION_FLAGS ?=

# JUnit's tags. What is apart has a target of its own.
LABS = lab | drill
APART = bench | faults | stores
# Labs wait more than they compute; src/test/resources/junit-platform.properties says how many at a time.
# Allure's listener, which is off in unit tests, writes target/allure-results.
ALLURE = -Djunit.platform.execution.listeners.deactivate=none
SIDE_BY_SIDE = -Djunit.jupiter.execution.parallel.mode.classes.default=concurrent

.PHONY: help drill catalogue loop restore tamper incidents test unit stores faults field sabotage bench setup build clean format notice reproducible mutation jdk FORCE

help: ## What there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

drill: build setup ## Set-up, then the default suite; ends with a table and the report's path
	@bin/drillyard run $(DRILL_FLAGS)

catalogue: build setup ## The default suite and a drill for the other faults, separately (about an hour)
	@bin/drillyard run --all $(DRILL_FLAGS)

loop: build setup ## Hand-overs of the lead between clusters, there and back, and every refusal (about 20 minutes)
	@bin/drillyard run --below loop $(DRILL_FLAGS)

restore: build setup ## A source with history, and a nightly restore test of its backup (about a minute); STORES="s3 minio gcs azure"
	@for store in $(or $(STORES),s3); do \
	  bin/drillyard restore-test nightly$${store:+$$([ $$store = s3 ] || echo -$$store)} $(DRILL_FLAGS) || exit $$?; done

tamper: build setup ## The same, then every known damage to the repository and trouble on the way; status 4 if one is not noticed (about 15 minutes)
	@bin/drillyard restore-test --tamper all $(DRILL_FLAGS)

incidents: build setup ## What befalls the backups of a source that lives on, while it lasts and afterwards (about 25 minutes)
	@bin/drillyard restore-test operators --incident all $(DRILL_FLAGS)
	@bin/drillyard restore-test nightly-versioned --tamper ransom $(DRILL_FLAGS)

test: STORES = minio gcs azure
test: jdk setup ## Set-up, then every test: unit tests one by one, then lab tests and drills two at a time
	@$(MVN) -q process-classes
	@$(MVN) test -DexcludedGroups='$(LABS) | $(APART)'; units=$$?; \
	 $(MVN) surefire:test -Dgroups='$(LABS)' $(SIDE_BY_SIDE) $(ALLURE) && exit $$units

unit: jdk ## Unit tests only, without a lab
	@$(MVN) test -DexcludedGroups='$(LABS) | $(APART)'

stores: STORES = minio gcs azure
stores: jdk setup ## What make test asks of one store, of all: 20,000 objects in each, and purges cut off at 20 moments; writes docs/stores.md
	@$(MVN) -q process-classes
	@$(MVN) test -DexcludedGroups= -Dtest='ManyObjectsInEveryStore,PurgeEndedAtManyMoments'; status=$$?; src/setup/stores && exit $$status

faults: jdk setup ## Every fault of the catalogue against a real cluster, one after the other (about 20 minutes)
	@$(MVN) -q process-classes
	@$(MVN) test -DexcludedGroups= -Dtest=EveryFaultLabTest
	@cat target/faults.md

field: STORES = minio gcs azure
field: jdk setup ## A folder of cases from the field, each with what has to come out; CASES=DIR, ONLY="names or beginnings" (docs/field-cases.md)
	@test -n "$(CASES)" || { echo "make field: CASES=DIR is needed, a folder of cases (docs/field-cases.md)" >&2; exit 2; }
	@$(MVN) -q test-compile
	@"$(JDK)/bin/java" -cp "target/test-classes:target/classes:target/lib/*" io.drillyard.field.FieldMain "$(CASES)" $(ONLY)

sabotage: jdk ## Every known way to falsify a drill, and what catches it; status 1 if anything does not
	@$(MVN) -q test-compile
	@"$(JDK)/bin/java" -cp "target/test-classes:target/classes:target/lib/*" io.drillyard.sabotage.SabotageMain

bench: build setup ## Figures, measured in a warm JVM with medians and spreads (several minutes)
	@src/setup/bench

setup: jdk ## Debian packages, subordinate ids, node images, servers; IMAGES="trixie bookworm" STORES="minio gcs azure"
	@STORES="$(STORES)" src/setup/setup $(IMAGES)

build: jdk target/.built ## Compile and package

target/.built: $(SOURCES) target/.commit
	@echo "building"
	@$(MVN) -q package -Dmaven.test.skip=true
	@rm -f target/drillyard.jsa target/jdk-home
	@src/setup/archive
	@touch $@

# What the jar says of its commit would be wrong after another commit, or a change to any file: then it is built anew.
target/.commit: FORCE
	@mkdir -p target; src/setup/commit | cmp -s - $@ || src/setup/commit > $@

FORCE:

jdk:
	@src/setup/find-jdk >/dev/null
	@command -v mvn >/dev/null || { echo "drillyard: Maven is needed; an administrator's line: apt-get install -y maven" >&2; exit 2; }

format: jdk ## Format all Java sources
	@$(MVN) -q spotless:apply

notice: jdk ## NOTICE anew, after a change to the dependencies
	@$(MVN) -q process-resources
	@cp target/notice/NOTICE NOTICE

reproducible: jdk ## Builds the commit twice, in two clones; status 1 unless jar and libraries are the same, byte for byte
	@src/setup/reproducible

mutation: jdk ## Mutation tests of ledger, declaration, check, approval and signature (an hour and more); status 1 below 90 %
	@src/setup/mutation $(MUTATION_FLAGS)

clean: ## Remove build output; images, servers and reports stay
	@rm -rf target
