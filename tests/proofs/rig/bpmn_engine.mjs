// Runs processes in bpmn-engine for the proof `bpmn`: one request and one answer a line, as JSON.
//   {"start": xml, "variables": {…}}   a new process; the one before is given up
//   {"do": id}                         a task is completed, a message comes, or a time passes
// The answer: what is waited for, and whether the process has ended, or the fault it met.
import { createInterface } from "node:readline";
import { Engine } from "bpmn-engine";

let engine, execution, fault;

// Everything that waits, however deep: tasks by their listeners, events by what has not been answered yet.
function standing() {
  const found = [];
  const look = (postponed) => {
    for (const activity of postponed) {
      const inner = activity.getPostponed ? activity.getPostponed().filter((one) => one.id !== activity.id) : [];
      found.push(activity);
      look(inner);
    }
  };
  look(execution.getPostponed());
  return found;
}

const timers = () => engine.environment.timers.executing;

function state() {
  if (fault) return { fault };
  if (execution.state !== "running") return { ended: true, waiting: [] };
  const ids = new Set();
  const here = standing();
  for (const activity of here) {
    if (activity.type === "bpmn:UserTask" || activity.type === "bpmn:MessageEventDefinition") ids.add(activity.id);
  }
  // A time counts while its event stands; those of a sub-process that was broken off are left over.
  const events = new Set(here.map((activity) => activity.id));
  for (const ref of timers()) if (events.has(ref.owner.id)) ids.add(ref.owner.id);
  return { ended: false, waiting: [...ids].sort() };
}

async function start({ start: source, variables }) {
  if (execution && execution.state === "running") await execution.stop();
  fault = undefined;
  engine = new Engine({ name: "proof", source });
  engine.on("error", (error) => { fault = error.message; });
  execution = await engine.execute({ variables });
}

function happen(id) {
  const timer = timers().find((ref) => ref.owner.id === id);
  if (timer) {
    engine.environment.timers.clearTimeout(timer);
    timer.callback(...timer.args);
    return;
  }
  const activity = standing().find((one) => one.id === id);
  if (!activity) throw new Error(`nothing waits at ${id}`);
  activity.signal();
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  try {
    if (request.start) await start(request);
    else happen(request.do);
    await new Promise((resolve) => setImmediate(resolve));
    process.stdout.write(`${JSON.stringify(state())}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ fault: String(error.message ?? error) })}\n`);
  }
}
process.exit(0);
