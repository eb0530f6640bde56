// A fresh clone knows no durations, and Jest then starts the longest files first. Length says nothing of those that wait, for leases to lapse
// and servers to die: started last, one of them would keep a whole run waiting alone.
const { default: Sequencer } = require('@jest/test-sequencer');

const WAITING =
  /\/(frozen-worker|embedded-postgres|ledger-check|stream|kill|overdue|queue-board|dead-letters|demo-year)(\.e2e)?\.test\.ts$/;

class WaitingFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const waits = ({ path }) => WAITING.test(path.replaceAll('\\', '/'));
    return [...sorted.filter(waits), ...sorted.filter((test) => !waits(test))];
  }
}

module.exports = WaitingFirst;
