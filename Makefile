# Short names for the scripts that do the work; a machine without make loses nothing.
.PHONY: help build check test bench run fuzz fix clean

SECONDS ?= 60

help:  ## these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 \2/p' $(MAKEFILE_LIST) | awk '{t=$$2; $$1=""; $$2=""; printf "  make %-7s%s\n", t, $$0}'

build:  ## the release: build/release/tasdiq
	@tools/install build
	@tools/build release

check:  ## the quick round: lint of what changed, and every test that is not slow
	@./test --quick

test:  ## everything, as CI runs it
	@./test

bench:  ## the figures of bench/
	@tools/bench

run:  ## the sandbox on http://127.0.0.1:8480
	@./run

fuzz:  ## each fuzzer for SECONDS=60
	@tools/fuzz $(SECONDS)

fix:  ## format what is not, then lint what changed
	@tools/install build test
	@tools/check --fix --changed

clean:  ## forget all that was built
	@rm -rf build
