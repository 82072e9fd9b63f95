// A voice that writes down what it is given to say, behind the system's own speech service: Speech Dispatcher as Debian
// has it, with its generic module and a sound card that leads nowhere.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./wait.mjs";

/** Starts the service with everything that it has inside of `folder`. */
export async function voice(folder) {
  const [settings, spoken, socket] = ["speech", "spoken", "speech.sock"].map((name) => join(folder, name));
  mkdirSync(join(settings, "modules"), { recursive: true });
  mkdirSync(join(settings, "clients"));
  writeFileSync(
    join(settings, "speechd.conf"),
    'AudioOutputMethod "alsa"\nAudioALSADevice "null"\nAddModule "paper" "sd_generic" "paper.conf"\nDefaultModule "paper"\n',
  );
  const says = `printf '%s|%s\\\\n' '$LANGUAGE' '$DATA' >> ${spoken}`;
  const languages = ["es", "en"].map((tag) => `GenericLanguage "${tag}" "${tag}" "utf-8"\nAddVoice "${tag}" "MALE1" "${tag}"\n`);
  writeFileSync(join(settings, "modules/paper.conf"), `GenericExecuteSynth "${says}"\n${languages.join("")}DefaultVoice "es"\n`);
  const where = ["-C", settings, "-L", folder, "-P", join(folder, "speech.pid"), "-c", "unix_socket", "-S", socket];
  const service = spawn("speech-dispatcher", ["--run-single", "--timeout", "0", ...where], { stdio: "ignore" });
  const gone = new Promise((done) => service.once("exit", done));
  await until("the speech service listens", () => existsSync(socket));
  return {
    /** What a program must know to find it. */
    env: { SPEECHD_ADDRESS: `unix_socket:${socket}` },
    /** What was said so far, a line for each language and sentence. */
    spoken: () =>
      (existsSync(spoken) ? readFileSync(spoken, "utf8") : "")
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "" && !/^\w*\|$/.test(line)),
    async close() {
      service.kill("SIGTERM");
      await gone;
    },
  };
}
