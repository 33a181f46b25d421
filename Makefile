# Everything goes through .venv, which scripts/setup.sh creates and keeps equal to the lock.
.PHONY: help run test eval bench lock clean
.DEFAULT_GOAL := help

help: ## List these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

run: ## Set up, build the index, serve the page at http://127.0.0.1:7860
	@scripts/setup.sh run
	.venv/bin/python -m assistant index build
	.venv/bin/python -m assistant serve

test: ## Set up, then run every check and all tests
	@scripts/setup.sh dev
	@scripts/system-packages.sh
	@scripts/check.sh

eval: ## Measure the answers, write eval/results/evaluation.html; ALL=1 also the slow measurements
	@scripts/setup.sh dev
	$(if $(ALL),.venv/bin/python -m eval.forms_run --write >/dev/null)
	$(if $(ALL),.venv/bin/python -m eval.leave_one_out --write >/dev/null)
	$(if $(ALL),-.venv/bin/python -m eval.attacks --write >/dev/null)
	.venv/bin/python -m eval.evaluation

bench: ## Measure time and memory
	@scripts/setup.sh dev
	.venv/bin/python -m eval.bench
	.venv/bin/python -m eval.forms_bench
	.venv/bin/python -m eval.load_bench

lock: ## Write the locks again; UPGRADE=1 takes the newest versions
	@scripts/setup.sh dev
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## Remove what was installed or built (not data/, which holds records)
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis indexes/*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
