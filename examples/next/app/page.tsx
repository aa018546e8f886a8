import { cookies } from 'next/headers';
import { nameOf } from './accounts';

/** Who is signed in; or the form that asks whose face it will be. */
export default async function Page() {
  const session = (await cookies()).get('session')?.value;
  const name = session && nameOf(session);
  if (name) return <h1>Welcome, {name}</h1>;
  return (
    <main>
      <h1>Sign in with your face</h1>
      <form action="/face">
        <label>
          Account name <input name="name" autoComplete="username" pattern="[\w.@\-]{1,64}" required />
        </label>
        <button name="purpose" value="login">
          Sign in
        </button>
        <button name="purpose" value="enroll">
          Create account
        </button>
      </form>
    </main>
  );
}
